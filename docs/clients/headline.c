/* Does it help? With libcurl and jansson:
 *
 *     cc headline.c -o headline $(pkg-config --cflags --libs libcurl jansson)
 *     ./headline http://127.0.0.1:8080/v1/ratings/dry-needling/neck-mtrp
 */
#include <curl/curl.h>
#include <jansson.h>
#include <stdio.h>

int main(int count, char **arguments)
{
    FILE *kept = tmpfile();
    CURL *curl = curl_easy_init();
    const char *sentence = NULL;
    const char *detail = NULL;
    if (count != 2 || kept == NULL || curl == NULL)
        return 2;
    curl_easy_setopt(curl, CURLOPT_URL, arguments[1]);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, kept);
    CURLcode done = curl_easy_perform(curl);
    rewind(kept);
    json_t *answer = json_loadf(kept, 0, NULL);
    json_unpack(answer, "{s:{s:s}}", "headline", "sentence", &sentence);
    json_unpack(answer, "{s:s}", "detail", &detail); /* problem+json */
    puts(sentence != NULL ? sentence : detail != NULL ? detail : curl_easy_strerror(done));
    json_decref(answer);
    curl_easy_cleanup(curl);
    fclose(kept);
    return sentence == NULL;
}
