#include "importers/formats/latex.h"

#include <ctype.h>
#include <string.h>

#include "evidence/base/text.h"
#include "importers/formats/entity.h"

enum { NESTING_MOST = 8, COMMAND_LONGEST = 24 };

/* ---- tables ---- */

/* Letters that are one character with their accent: `letters` in the order of `accented`. */
static const struct {
    char accent;
    const char *letters;
    const char *accented;
    uint32_t combining; /* for all other letters */
} accents[] = {
    {'`', "AEIOUaeiouNn", "ÀÈÌÒÙàèìòùǸǹ", 0x300},
    {'\'', "AEIOUYaeiouyCcLlNnRrSsZzGgKkMmPpWw", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǴǵḰḱḾḿṔṕẂẃ", 0x301},
    {'^', "AEIOUaeiouCcGgHhJjSsWwYyZz", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑ", 0x302},
    {'~', "ANOanoIiUuEeVvYy", "ÃÑÕãñõĨĩŨũẼẽṼṽỸỹ", 0x303},
    {'=', "AEIOUaeiouGgYy", "ĀĒĪŌŪāēīōūḠḡȲȳ", 0x304},
    {'u', "AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ", 0x306},
    {'.', "ACEGIZacegzBbDdFfHhMmNnPpRrSsTtWwXxYyOo", "ȦĊĖĠİŻȧċėġżḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṪṫẆẇẊẋẎẏȮȯ",
     0x307},
    {'"', "AEIOUYaeiouyHhWwXxt", "ÄËÏÖÜŸäëïöüÿḦḧẄẅẌẍẗ", 0x308},
    {'r', "AaUuwy", "ÅåŮůẘẙ", 0x30A},
    {'H', "OoUu", "ŐőŰű", 0x30B},
    {'v', "CcDdEeNnRrSsTtZzLlAaIiOoUuGgKkHhj", "ČčĎďĚěŇňŘřŠšŤťŽžĽľǍǎǏǐǑǒǓǔǦǧǨǩȞȟǰ", 0x30C},
    {'d', "AaEeIiOoUuHhSsTtDdNnRrLlMmZz", "ẠạẸẹỊịỌọỤụḤḥṢṣṬṭḌḍṆṇṚṛḶḷṂṃẒẓ", 0x323},
    {'c', "CcSsTtGgKkLlNnRrEeDdHh", "ÇçŞşŢţĢģĶķĻļŅņŖŗȨȩḐḑḨḩ", 0x327},
    {'k', "AaEeIiUuOo", "ĄąĘęĮįŲųǪǫ", 0x328},
    {'b', "DdLlNnRrTtKk", "ḎḏḺḻṈṉṞṟṮṯḴḵ", 0x331},
};

static const struct {
    const char *name;
    const char *text;
} symbols[] = {
    {"ss", "ß"},
    {"SS", "ẞ"},
    {"ae", "æ"},
    {"AE", "Æ"},
    {"oe", "œ"},
    {"OE", "Œ"},
    {"o", "ø"},
    {"O", "Ø"},
    {"l", "ł"},
    {"L", "Ł"},
    {"aa", "å"},
    {"AA", "Å"},
    {"i", "ı"},
    {"j", "ȷ"},
    {"dh", "ð"},
    {"DH", "Ð"},
    {"th", "þ"},
    {"TH", "Þ"},
    {"dj", "đ"},
    {"DJ", "Đ"},
    {"ng", "ŋ"},
    {"NG", "Ŋ"},
    {"textless", "<"},
    {"textgreater", ">"},
    {"textasciitilde", "~"},
    {"textasciicircum", "^"},
    {"textbackslash", "\\"},
    {"textbar", "|"},
    {"textbraceleft", "{"},
    {"textbraceright", "}"},
    {"textunderscore", "_"},
    {"textdollar", "$"},
    {"textquotesingle", "'"},
    {"textquotedbl", "\""},
    {"textquoteleft", "‘"},
    {"textquoteright", "’"},
    {"textquotedblleft", "“"},
    {"textquotedblright", "”"},
    {"guillemotleft", "«"},
    {"guillemotright", "»"},
    {"quotedblbase", "„"},
    {"quotesinglbase", "‚"},
    {"textendash", "–"},
    {"textemdash", "—"},
    {"textellipsis", "…"},
    {"ldots", "…"},
    {"dots", "…"},
    {"cdots", "⋯"},
    {"textbullet", "•"},
    {"textdegree", "°"},
    {"degree", "°"},
    {"textcelsius", "℃"},
    {"textmu", "µ"},
    {"textpm", "±"},
    {"texttimes", "×"},
    {"textdiv", "÷"},
    {"textregistered", "®"},
    {"texttrademark", "™"},
    {"textcopyright", "©"},
    {"copyright", "©"},
    {"textsection", "§"},
    {"S", "§"},
    {"P", "¶"},
    {"textparagraph", "¶"},
    {"pounds", "£"},
    {"textsterling", "£"},
    {"texteuro", "€"},
    {"euro", "€"},
    {"textyen", "¥"},
    {"textcent", "¢"},
    {"textonehalf", "½"},
    {"textonequarter", "¼"},
    {"textthreequarters", "¾"},
    {"textonesuperior", "¹"},
    {"texttwosuperior", "²"},
    {"textthreesuperior", "³"},
    {"textperthousand", "‰"},
    {"textordfeminine", "ª"},
    {"textordmasculine", "º"},
    {"textexclamdown", "¡"},
    {"textquestiondown", "¿"},
    {"dag", "†"},
    {"ddag", "‡"},
    {"textdagger", "†"},
    {"pm", "±"},
    {"mp", "∓"},
    {"times", "×"},
    {"div", "÷"},
    {"cdot", "·"},
    {"ast", "*"},
    {"leq", "≤"},
    {"le", "≤"},
    {"leqslant", "≤"},
    {"geq", "≥"},
    {"ge", "≥"},
    {"geqslant", "≥"},
    {"lt", "<"},
    {"gt", ">"},
    {"neq", "≠"},
    {"ne", "≠"},
    {"approx", "≈"},
    {"sim", "∼"},
    {"simeq", "≃"},
    {"cong", "≅"},
    {"equiv", "≡"},
    {"propto", "∝"},
    {"infty", "∞"},
    {"ll", "≪"},
    {"gg", "≫"},
    {"rightarrow", "→"},
    {"to", "→"},
    {"leftarrow", "←"},
    {"uparrow", "↑"},
    {"downarrow", "↓"},
    {"leftrightarrow", "↔"},
    {"Rightarrow", "⇒"},
    {"in", "∈"},
    {"sum", "∑"},
    {"prod", "∏"},
    {"partial", "∂"},
    {"nabla", "∇"},
    {"surd", "√"},
    {"circ", "°"},
    {"prime", "′"},
    {"alpha", "α"},
    {"beta", "β"},
    {"gamma", "γ"},
    {"delta", "δ"},
    {"epsilon", "ε"},
    {"varepsilon", "ε"},
    {"zeta", "ζ"},
    {"eta", "η"},
    {"theta", "θ"},
    {"vartheta", "ϑ"},
    {"iota", "ι"},
    {"kappa", "κ"},
    {"lambda", "λ"},
    {"mu", "μ"},
    {"nu", "ν"},
    {"xi", "ξ"},
    {"pi", "π"},
    {"rho", "ρ"},
    {"sigma", "σ"},
    {"varsigma", "ς"},
    {"tau", "τ"},
    {"upsilon", "υ"},
    {"phi", "φ"},
    {"varphi", "φ"},
    {"chi", "χ"},
    {"psi", "ψ"},
    {"omega", "ω"},
    {"Gamma", "Γ"},
    {"Delta", "Δ"},
    {"Theta", "Θ"},
    {"Lambda", "Λ"},
    {"Xi", "Ξ"},
    {"Pi", "Π"},
    {"Sigma", "Σ"},
    {"Upsilon", "Υ"},
    {"Phi", "Φ"},
    {"Psi", "Ψ"},
    {"Omega", "Ω"},
    {"LaTeX", "LaTeX"},
    {"TeX", "TeX"},
    {"newline", " "},
    {"par", "\n"},
    {"quad", " "},
    {"qquad", " "},
    {"slash", "/"},
    {"textvisiblespace", " "},
};

/* Raised and lowered text. */
static const struct {
    const char *name;
    const char *element;
} raised[] = {
    {"textsuperscript", "sup"},
    {"textsubscript", "sub"},
    {"sp", "sup"},
    {"sb", "sub"},
};

/* Commands that only change the form of what follows; with an argument in braces any other is taken
 * for one too. */
static const char *const of_form[] = {
    "em",      "it",         "bf",           "rm",        "sc",      "sf",       "sl",
    "tt",      "up",         "md",           "small",     "large",   "Large",    "left",
    "right",   "limits",     "displaystyle", "textstyle", "itshape", "bfseries", "scshape",
    "upshape", "normalfont", "noopsort",     "relax",     "protect", "nobreak",  NULL};

/* ---- the state of reading ---- */

struct reader {
    const char *at;
    const char *end;
    enum latex_kind kind;
    int depth;
    bool in_formula;
    struct buffer *out;
};

static void decode(struct reader *reader);

static char byte_at(const struct reader *reader, size_t offset)
{
    return (size_t)(reader->end - reader->at) > offset ? reader->at[offset] : '\0';
}

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && isspace((unsigned char)*reader->at))
        reader->at++;
}

static bool take_if(struct reader *reader, const char *text, const char *replacement)
{
    size_t length = strlen(text);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, text, length) != 0)
        return false;
    reader->at += length;
    buffer_text(reader->out, replacement);
    return true;
}

/* Past the argument at `reader`: a group in braces, a command, or one character. Its inside goes
 * into start and end. */
static void take_argument(struct reader *reader, const char **start, const char **end)
{
    skip_blanks(reader);
    *start = *end = reader->at;
    if (reader->at == reader->end)
        return;
    if (*reader->at == '\\') {
        reader->at++;
        const char *name = reader->at;
        while (reader->at < reader->end && isalpha((unsigned char)*reader->at))
            reader->at++;
        reader->at += reader->at == name && reader->at < reader->end;
        *end = reader->at;
        return;
    }
    if (*reader->at != '{') {
        uint32_t code;
        reader->at += text_decode(reader->at, (size_t)(reader->end - reader->at), &code);
        *end = reader->at;
        return;
    }
    int depth = 0;
    *start = reader->at + 1;
    for (; reader->at < reader->end; reader->at++) {
        depth += *reader->at == '{' ? 1 : *reader->at == '}' ? -1 : 0;
        if (depth == 0)
            break;
    }
    *end = reader->at;
    reader->at += reader->at < reader->end;
}

/* What an argument says; deeper nesting than anyone writes is left out. */
static void decode_argument(struct reader *reader, struct buffer *out)
{
    const char *start, *end;
    take_argument(reader, &start, &end);
    struct reader inner = {.at = start,
                           .end = end,
                           .kind = reader->kind,
                           .depth = reader->depth + 1,
                           .in_formula = reader->in_formula,
                           .out = out};
    if (inner.depth <= NESTING_MOST)
        decode(&inner);
}

/* ---- accents ---- */

static int accent_named(char name)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (accents[i].accent == name)
            return (int)i;
    return -1;
}

/* The dotless letters are there to bear accents. */
static uint32_t with_dot(uint32_t letter)
{
    return letter == 0x131 ? 'i' : letter == 0x237 ? 'j' : letter;
}

static void append_accented(struct buffer *out, int accent, uint32_t letter)
{
    const char *place =
        letter == 0 || letter > 0x7F ? NULL : strchr(accents[accent].letters, (int)letter);
    if (place == NULL) {
        entity_append(out, letter);
        entity_append(out, accents[accent].combining);
        return;
    }
    const char *to = accents[accent].accented;
    size_t length = strlen(to);
    size_t skip = text_bytes_of(to, length, (size_t)(place - accents[accent].letters));
    buffer_append(out, to + skip, text_bytes_of(to + skip, length - skip, 1));
}

static void take_accent(struct reader *reader, int accent)
{
    struct buffer argument = {0};
    decode_argument(reader, &argument);
    if (argument.length > 0) {
        uint32_t letter;
        size_t used = text_decode(argument.bytes, argument.length, &letter);
        append_accented(reader->out, accent, with_dot(letter));
        buffer_append(reader->out, argument.bytes + used, argument.length - used);
    }
    buffer_release(&argument);
}

/* ---- commands ---- */

static void take_raised(struct reader *reader, const char *element)
{
    buffer_printf(reader->out, "<%s>", element);
    decode_argument(reader, reader->out);
    buffer_printf(reader->out, "</%s>", element);
}

static bool is_of_form(const char *name)
{
    for (const char *const *known = of_form; *known != NULL; known++)
        if (strcmp(*known, name) == 0)
            return true;
    return false;
}

static void take_named_command(struct reader *reader)
{
    const char *command = reader->at - 1;
    char name[COMMAND_LONGEST];
    size_t length = 0;
    while (isalpha((unsigned char)byte_at(reader, length)))
        length++;
    size_t kept = length < sizeof name ? length : sizeof name - 1;
    memcpy(name, reader->at, kept);
    name[kept] = '\0';
    reader->at += length;

    int accent = length == 1 ? accent_named(*name) : -1;
    if (accent >= 0) {
        take_accent(reader, accent);
        return;
    }
    for (size_t i = 0; i < sizeof raised / sizeof *raised; i++)
        if (strcmp(raised[i].name, name) == 0) {
            take_raised(reader, raised[i].element);
            return;
        }
    skip_blanks(reader); /* they only end the command's name */
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (strcmp(symbols[i].name, name) == 0) {
            buffer_text(reader->out, symbols[i].text);
            return;
        }
    if (byte_at(reader, 0) != '{' && !is_of_form(name))
        buffer_append(reader->out, command, (size_t)(reader->at - command)); /* no LaTeX */
}

/* A backslash and what follows it. */
static void take_command(struct reader *reader)
{
    reader->at++;
    char c = byte_at(reader, 0);
    if (c == '\0')
        return;
    if (isalpha((unsigned char)c)) {
        take_named_command(reader);
        return;
    }
    reader->at++;
    if (accent_named(c) >= 0)
        take_accent(reader, accent_named(c));
    else if (strchr(" ,;:\\\n\t", c) != NULL)
        buffer_byte(reader->out, ' ');
    else if (strchr("-/!()[]@", c) == NULL)
        buffer_byte(reader->out, c);
}

/* ---- the rest ---- */

/* Where the formula ends that the '$' at `reader` begins; NULL if it is money: what stands between
 * two of them has to look like a formula. */
static const char *end_of_formula(const struct reader *reader)
{
    const char *start = reader->at + 1;
    const char *end = memchr(start, '$', (size_t)(reader->end - start));
    if (end == NULL || end == start)
        return end;
    for (const char *at = start; at < end; at++)
        if (strchr("\\^_={}<>", *at) != NULL)
            return end;
    return end - start <= 2 ? end : NULL;
}

static void take_dollar(struct reader *reader)
{
    if (reader->in_formula)
        reader->in_formula = false;
    else if (end_of_formula(reader) != NULL)
        reader->in_formula = true;
    else
        buffer_byte(reader->out, '$');
    reader->at++;
}

/* "Fig.~5" is tied; "about (~50%)" is not. */
static void take_tilde(struct reader *reader)
{
    char before = reader->out->length > 0 ? reader->out->bytes[reader->out->length - 1] : ' ';
    bool about = isdigit((unsigned char)byte_at(reader, 1)) && strchr(" (\n", before) != NULL;
    buffer_byte(reader->out, about ? '~' : ' ');
    reader->at++;
}

static bool take_text_sign(struct reader *reader)
{
    if (reader->kind == LATEX_VERBATIM)
        return false;
    if (take_if(reader, "---", "—") || take_if(reader, "--", "–") || take_if(reader, "``", "“") ||
        take_if(reader, "''", "”"))
        return true;
    if (*reader->at == '~')
        take_tilde(reader);
    else if (*reader->at == '$')
        take_dollar(reader);
    else
        return false;
    return true;
}

static void take_one(struct reader *reader)
{
    char c = *reader->at;
    if (c == '\\') {
        take_command(reader);
    } else if (c == '{' || c == '}') {
        reader->at++;
    } else if (reader->in_formula && (c == '^' || c == '_')) {
        reader->at++;
        take_raised(reader, c == '^' ? "sup" : "sub");
    } else if (!take_text_sign(reader)) {
        buffer_byte(reader->out, c);
        reader->at++;
    }
}

static void decode(struct reader *reader)
{
    while (reader->at < reader->end)
        take_one(reader);
}

void latex_decode(const char *text, size_t length, enum latex_kind kind, struct buffer *out)
{
    struct reader reader = {.at = text, .end = text + length, .kind = kind, .out = out};
    decode(&reader);
}
