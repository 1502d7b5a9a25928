"""Does it help? Asks for the headline of a treatment and a condition, and tells how sure it is.

    python3 headline.py http://127.0.0.1:8080 dry-needling neck-mtrp
"""
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

base, treatment, condition = sys.argv[1:]
path = "/".join(urllib.parse.quote(part, safe="") for part in (treatment, condition))
try:
    with urllib.request.urlopen(f"{base}/v1/ratings/{path}") as answer:
        headline = json.load(answer)["headline"]
except urllib.error.HTTPError as refused:
    problem = json.load(refused)  # problem+json, with the nearest names
    sys.exit(f"{problem['detail']}; nearest: {', '.join(problem.get('nearest', []))}")

print(f"{headline['badge']} ({headline['certainty']['level']} certainty)")
print(headline["sentence"])
effect = headline["effect"]  # null where nothing gives a figure
if effect is not None and effect["ci"] is not None:
    low, high = effect["ci"]
    print(f"{effect['measure']} {effect['estimate']} ({low} to {high}), {effect['scale']}")
