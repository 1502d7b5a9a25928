#include "service/http/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "evidence/base/arena.h"

struct tls {
    const char *certificate;
    const char *key;
    pthread_mutex_t lock;
    SSL_CTX *context; /* counted by OpenSSL: sessions keep theirs */
};

/* OpenSSL would ask at a terminal. */
static int no_password(char *out, int size, int writing, void *context)
{
    (void)out;
    (void)size;
    (void)writing;
    (void)context;
    return -1;
}

/* Who offers protocols and not HTTP/1.1 could not be understood (RFC 7301, section 3.2). */
static int choose_protocol(SSL *session, const unsigned char **out, unsigned char *out_length,
                           const unsigned char *offered, unsigned offered_length, void *context)
{
    static const unsigned char ours[] = "\x08http/1.1";
    (void)session;
    (void)context;
    unsigned char *chosen = NULL;
    if (SSL_select_next_proto(&chosen, out_length, ours, sizeof ours - 1, offered,
                              offered_length) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

static bool fail(const char *file, const char *advice, struct error *err)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    error_set(err, ERROR_INVALID, "%s: %s%s%s", file, advice, reason == NULL ? "" : ": ",
              reason == NULL ? "" : reason);
    ERR_clear_error();
    return false;
}

/* OpenSSL's words for it are of no use. */
static bool is_readable(const char *file, struct error *err)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set(
            err, ERROR_INVALID,
            "%s cannot be read: %s; give a file that the user of this process may read", file,
            strerror(errno));
    close(fd);
    return true;
}

static EVP_PKEY *read_key(const char *key)
{
    FILE *file = fopen(key, "re");
    if (file == NULL)
        return NULL;
    EVP_PKEY *found = PEM_read_PrivateKey(file, NULL, no_password, NULL);
    fclose(file);
    return found;
}

static bool read_files(SSL_CTX *context, const char *certificate, const char *key,
                       struct error *err)
{
    if (!is_readable(certificate, err) || !is_readable(key, err))
        return false;
    if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1)
        return fail(certificate, "this is no certificate that can be used; give a PEM file", err);
    EVP_PKEY *ours = read_key(key);
    if (ours == NULL)
        return fail(key,
                    "this is no private key that can be used; give a PEM file without a password",
                    err);
    bool match = X509_check_private_key(SSL_CTX_get0_certificate(context), ours) == 1;
    bool good = match && SSL_CTX_use_PrivateKey(context, ours) == 1;
    EVP_PKEY_free(ours);
    if (match)
        return good || fail(key, "this key cannot be used", err);
    ERR_clear_error();
    return error_set(err, ERROR_INVALID,
                     "the key %s is not that of the certificate %s; give the two that were made "
                     "together",
                     key, certificate);
}

static SSL_CTX *context_new(const char *certificate, const char *key, struct error *err)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (context == NULL) {
        error_set(err, ERROR_INTERNAL, "OpenSSL could not be made ready");
        return NULL;
    }
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    /* A client that ends without a word has ended; lengths and chunks say what is whole. */
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, NULL);
    if (read_files(context, certificate, key, err))
        return context;
    SSL_CTX_free(context);
    return NULL;
}

struct tls *tls_open(const char *certificate, const char *key, struct error *err)
{
    SSL_CTX *context = context_new(certificate, key, err);
    if (context == NULL)
        return NULL;
    struct tls *tls = memory_alloc(sizeof *tls);
    *tls = (struct tls){.certificate = certificate, .key = key, .context = context};
    pthread_mutex_init(&tls->lock, NULL);
    return tls;
}

void tls_close(struct tls *tls)
{
    if (tls == NULL)
        return;
    SSL_CTX_free(tls->context);
    pthread_mutex_destroy(&tls->lock);
    free(tls);
}

bool tls_reload(struct tls *tls, struct error *err)
{
    SSL_CTX *context = context_new(tls->certificate, tls->key, err);
    if (context == NULL)
        return false;
    pthread_mutex_lock(&tls->lock);
    SSL_CTX *old = tls->context;
    tls->context = context;
    pthread_mutex_unlock(&tls->lock);
    SSL_CTX_free(old);
    return true;
}

SSL *tls_session(struct tls *tls)
{
    pthread_mutex_lock(&tls->lock);
    SSL *session = SSL_new(tls->context);
    pthread_mutex_unlock(&tls->lock);
    return session;
}
