/* Bytes into the reader of marked-up text, on one line and in paragraphs; `make fuzz` builds and
 * runs it. What comes out is plain, and plain text stays as it is. */
#include "importers/formats/markup.h"
#include "tests/fuzz/remote_answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sample[] =
    "<jats:title>Abstract</jats:title><jats:sec id=\"a\"><jats:title>Aim</jats:title>\n<jats:p>10"
    "<sup>-3</sup> H<sub>2</sub>O &amp;lt;i&amp;gt; &#150; &#x2013; &eacute;</jats:p></jats:sec>"
    "<alternatives><tex-math>$x$</tex-math><mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>5"
    "</mml:mn></mml:msup><mml:mfrac><mml:mrow><mml:mn>1</mml:mn></mml:mrow><mml:mn>2</mml:mn>"
    "</mml:mfrac></mml:math></alternatives><!-- c --><![CDATA[<i>]]><script>x</script>p <0.05";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer text = {0};
    struct arena *arena = arena_new();
    if (size > 0 && data[0] % 2 == 0)
        buffer_append(&text, data, size);
    else
        fuzz_edit(sample, data, size, &text);
    const char *line = markup_line(text.bytes, text.length, arena);
    const char *paragraphs = markup_paragraphs(text.bytes, text.length, arena);
    const char *plain = plain_line(text.bytes, text.length, arena);
    if (line != NULL)
        fuzz_check_text(line, false);
    if (paragraphs != NULL)
        fuzz_check_text(paragraphs, true);
    if (plain != NULL) {
        fuzz_check_text(plain, false);
        const char *again = plain_line(plain, strlen(plain), arena);
        fuzz_expect(again != NULL && strcmp(again, plain) == 0, "plain text stays as it is");
    }
    arena_free(arena);
    buffer_release(&text);
    return 0;
}
