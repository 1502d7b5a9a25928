// Requests in raw bytes on which two readers could differ, or which are none, and what must become of them.
// strictness.test.mjs sends them to Touchstone, tests/compare/strictness.mjs to nginx as well.
//
// `want`: the statuses that are right. `open`: the connection may stay open afterwards (else it must be closed).
// `next`: a second request, which must not be answered, is hidden behind the first.

const head = (...lines) => `${lines.join("\r\n")}\r\n\r\n`;
const get = (...lines) => head("GET /healthz HTTP/1.1", "Host: a", ...lines);
const post = (...lines) => head("POST /v1/check HTTP/1.1", "Host: a", "Content-Type: application/json", ...lines);
const chunked = (body) => post("Transfer-Encoding: chunked") + body;
const hidden = get("X-Hidden: 1");
const json = '{"q":"pain"}';
const many = (count, line) => Array.from({ length: count }, (_, i) => line(i));

export const cases = [
  // -- how long the body is --
  { name: "two Content-Lengths that differ", bytes: post("Content-Length: 2", "Content-Length: 12") + json, want: [400] },
  { name: "two Content-Lengths that agree", bytes: post("Content-Length: 12", "Content-Length: 12") + json, want: [400] },
  { name: "Content-Length: a list", bytes: post("Content-Length: 12, 12") + json, want: [400] },
  { name: "Content-Length: +12", bytes: post("Content-Length: +12") + json, want: [400] },
  { name: "Content-Length: -1", bytes: post("Content-Length: -1") + json, want: [400] },
  { name: "Content-Length: 0x0c", bytes: post("Content-Length: 0x0c") + json, want: [400] },
  { name: "Content-Length: 1e1", bytes: post("Content-Length: 1e1") + json, want: [400] },
  { name: "Content-Length: empty", bytes: post("Content-Length:") + json, want: [400] },
  { name: "Content-Length: 2^64+12", bytes: post("Content-Length: 18446744073709551628") + json, want: [400, 413] },
  { name: "Content-Length and Transfer-Encoding",
    bytes: post("Content-Length: 12", "Transfer-Encoding: chunked") + "0\r\n\r\n" + hidden, want: [400] },
  { name: "Transfer-Encoding and Content-Length",
    bytes: post("Transfer-Encoding: chunked", "Content-Length: 12") + "0\r\n\r\n" + hidden, want: [400] },
  { name: "Transfer-Encoding: xchunked", bytes: post("Transfer-Encoding: xchunked") + "0\r\n\r\n" + hidden, want: [400, 501] },
  { name: "Transfer-Encoding: gzip, chunked", bytes: post("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n" + hidden, want: [400, 501] },
  { name: "Transfer-Encoding: chunked, twice",
    bytes: post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + "0\r\n\r\n" + hidden, want: [400, 501] },
  { name: "Transfer-Encoding: identity", bytes: post("Transfer-Encoding: identity", "Content-Length: 12") + json, want: [400, 501] },
  { name: "Transfer-Encoding with a vertical tab", bytes: post("Transfer-Encoding: \x0bchunked") + "0\r\n\r\n" + hidden, want: [400, 501] },
  { name: "Transfer-Encoding in HTTP/1.0",
    bytes: head("POST /v1/check HTTP/1.0", "Host: a", "Transfer-Encoding: chunked") + "0\r\n\r\n" + hidden, want: [400, 501] },
  { name: "a body with HEAD", bytes: head("HEAD /healthz HTTP/1.1", "Host: a", `Content-Length: ${hidden.length}`) + hidden,
    want: [400] },
  { name: "Expect: something else", bytes: post("Expect: miracles", "Content-Length: 12") + json, want: [417] },

  // -- chunks --
  { name: "chunk: size of 2^64+12", bytes: chunked("1000000000000000c\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: size of 2^63", bytes: chunked("8000000000000000\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: size below 0", bytes: chunked("-c\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: size with a plus", bytes: chunked("+c\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: size 0x0c", bytes: chunked("0x0c\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: a space before the size", bytes: chunked(" c\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: no size", bytes: chunked("\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: a size that is none", bytes: chunked("zz\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: more bytes than its size", bytes: chunked("2\r\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: a bare LF after the size", bytes: chunked("c\n" + json + "\r\n0\r\n\r\n"), want: [400, 413] },
  { name: "chunk: an extension", bytes: chunked(`c;a=b\r\n${json}\r\n0\r\n\r\n`), want: [200, 400] },
  { name: "chunk: an extension of 100,000 bytes", bytes: chunked(`c;${"x".repeat(100000)}\r\n${json}\r\n0\r\n\r\n`),
    want: [400, 413, 431] },
  { name: "chunk: trailers of 100,000 bytes", bytes: chunked(`c\r\n${json}\r\n0\r\nX: ${"x".repeat(100000)}\r\n\r\n`),
    want: [400, 413, 431] },
  { name: "chunks: one body of 2 MiB", bytes: chunked(`200000\r\n${"x".repeat(2 << 20)}\r\n0\r\n\r\n`), want: [413] },
  { name: "chunks: leading zeros without end", bytes: chunked(`${"0".repeat(100000)}c\r\n${json}\r\n0\r\n\r\n`), want: [400, 413] },

  // -- headers --
  { name: "header: folded", bytes: get("X-A: 1", " folded"), want: [400] },
  { name: "header: folded with a tab", bytes: get("X-A: 1", "\tfolded"), want: [400] },
  { name: "header: folded, the first", bytes: head("GET /healthz HTTP/1.1", " folded: 1", "Host: a"), want: [400] },
  { name: "header: bare LFs", bytes: "GET /healthz HTTP/1.1\nHost: a\n\n", want: [400] },
  { name: "header: one bare LF", bytes: "GET /healthz HTTP/1.1\r\nX-A: 1\nHost: a\r\n\r\n", want: [400] },
  { name: "header: a bare CR", bytes: get("X-A: 1\rX-B: 2"), want: [400] },
  { name: "header: NUL in a value", bytes: get("X-A: a\0b"), want: [400] },
  { name: "header: NUL in a name", bytes: get("X\0A: a"), want: [400] },
  { name: "header: another control byte in a value", bytes: get("X-A: a\x01b"), want: [400] },
  { name: "header: a space before the colon", bytes: post("Content-Length : 13") + json, want: [400] },
  { name: "header: a space before its name", bytes: head("GET /healthz HTTP/1.1", " Host: a"), want: [400] },
  { name: "header: no colon", bytes: get("X-A"), want: [400] },
  { name: "header: no name", bytes: get(": 1"), want: [400] },
  { name: "header: a name that is no token", bytes: get("X(a): 1"), want: [400] },
  { name: "header: one of 20,000 bytes", bytes: get(`X-A: ${"x".repeat(20000)}`), want: [400, 431] },
  { name: "header: a name of 20,000 bytes", bytes: get(`${"x".repeat(20000)}: 1`), want: [400, 431] },
  { name: "headers: 101", bytes: get(...many(101, (i) => `A${i}: 1`)), want: [400, 431] },
  { name: "headers: 20,000", bytes: get(...many(20000, (i) => `X-${i}: 1`)), want: [400, 431] },

  // -- Host --
  { name: "Host: missing", bytes: head("GET /healthz HTTP/1.1", "X-A: 1"), want: [400] },
  { name: "Host: twice", bytes: get("Host: b"), want: [400] },
  { name: "Host: twice, the same", bytes: get("Host: a"), want: [400] },
  { name: "Host: empty", bytes: head("GET /healthz HTTP/1.1", "Host:"), want: [400] },
  { name: "Host: with a space", bytes: head("GET /healthz HTTP/1.1", "Host: a b"), want: [400] },
  { name: "Host: with a slash", bytes: head("GET /healthz HTTP/1.1", "Host: a/b"), want: [400] },
  { name: "Host: with a user", bytes: head("GET /healthz HTTP/1.1", "Host: u@a"), want: [400] },

  // -- request lines and targets --
  { name: "target: absolute", bytes: head("GET http://a/healthz HTTP/1.1", "Host: a"), want: [200], open: true },
  { name: "target: absolute, of another host than Host", bytes: head("GET http://b/healthz HTTP/1.1", "Host: a"), want: [400, 200] },
  { name: "target: absolute, of another scheme", bytes: head("GET ftp://a/healthz HTTP/1.1", "Host: a"), want: [400] },
  { name: "target: without a slash", bytes: head("GET health HTTP/1.1", "Host: a"), want: [400] },
  { name: "target: * with GET", bytes: head("GET * HTTP/1.1", "Host: a"), want: [400] },
  { name: "target: host:port with CONNECT", bytes: head("CONNECT a:80 HTTP/1.1", "Host: a"), want: [400, 405, 501] },
  { name: "target: a fragment", bytes: head("GET /healthz#x HTTP/1.1", "Host: a"), want: [400] },
  { name: "target: a space", bytes: head("GET /hea lth HTTP/1.1", "Host: a"), want: [400] },
  { name: "target: a tab", bytes: head("GET /hea\tlth HTTP/1.1", "Host: a"), want: [400] },
  { name: "target: NUL", bytes: head("GET /hea\0lth HTTP/1.1", "Host: a"), want: [400] },
  { name: "target: %00", bytes: head("GET /healthz%00 HTTP/1.1", "Host: a"), want: [400], open: true },
  { name: "target: a broken escape", bytes: head("GET /healthz%zz HTTP/1.1", "Host: a"), want: [400], open: true },
  { name: "target: 10,000 bytes", bytes: head(`GET /${"a".repeat(10000)} HTTP/1.1`, "Host: a"), want: [414] },
  { name: "target: 100,000 bytes", bytes: head(`GET /${"a".repeat(100000)} HTTP/1.1`, "Host: a"), want: [414, 431] },
  { name: "target: 100,000 bytes without an end", bytes: `GET /${"a".repeat(100000)}`, want: [414, 431] },
  { name: "target: /../../etc/passwd", bytes: head("GET /../../etc/passwd HTTP/1.1", "Host: a"), want: [400, 404], open: true },
  { name: "target: /%2e%2e/%2e%2e/etc/passwd", bytes: head("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "Host: a"),
    want: [400, 404], open: true },
  { name: "target: /assets/..%2f..%2fetc/passwd", bytes: head("GET /assets/..%2f..%2fetc%2fpasswd HTTP/1.1", "Host: a"),
    want: [400, 404], open: true },
  { name: "target: /assets/..%5c..%5cboot.ini", bytes: head("GET /assets/..%5c..%5cboot.ini HTTP/1.1", "Host: a"),
    want: [400, 404], open: true },
  { name: "target: //healthz", bytes: head("GET //healthz HTTP/1.1", "Host: a"), want: [400, 404], open: true },
  { name: "method: of 20,000 letters", bytes: head(`${"G".repeat(20000)} / HTTP/1.1`, "Host: a"), want: [400, 414, 431, 501] },
  { name: "method: unknown", bytes: head("BREW /healthz HTTP/1.1", "Host: a"), want: [405, 501] },
  { name: "method: in small letters", bytes: head("get /healthz HTTP/1.1", "Host: a"), want: [400, 405, 501] },
  { name: "method: TRACE", bytes: head("TRACE /healthz HTTP/1.1", "Host: a"), want: [405, 501] },
  { name: "version: HTTP/2.0", bytes: head("GET /healthz HTTP/2.0", "Host: a"), want: [400, 505] },
  { name: "version: HTTP/0.9", bytes: head("GET /healthz HTTP/0.9", "Host: a"), want: [400, 505] },
  { name: "version: HTTP/1.-1", bytes: head("GET /healthz HTTP/1.-1", "Host: a"), want: [400] },
  { name: "version: HTTP/1.1 and more", bytes: head("GET /healthz HTTP/1.1x", "Host: a"), want: [400] },
  { name: "version: HTTP/01.1", bytes: head("GET /healthz HTTP/01.1", "Host: a"), want: [400] },
  { name: "version: http/1.1", bytes: head("GET /healthz http/1.1", "Host: a"), want: [400] },
  { name: "version: none", bytes: "GET /healthz\r\nHost: a\r\n\r\n", want: [400] },
  { name: "request line: an empty one first", bytes: `\r\n${get()}`, want: [200, 400] },
  { name: "request line: two spaces", bytes: head("GET  /healthz HTTP/1.1", "Host: a"), want: [400] },
  { name: "request line: a tab", bytes: head("GET\t/healthz\tHTTP/1.1", "Host: a"), want: [400] },
  { name: "request line: a space at its end", bytes: head("GET /healthz HTTP/1.1 ", "Host: a"), want: [400] },
  { name: "the preface of HTTP/2", bytes: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", want: [400, 405, 501, 505] },
  { name: "a TLS ClientHello", bytes: "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", want: [400] },

  // -- what must still be served --
  { name: "good: plain", bytes: get(), want: [200], open: true },
  { name: "good: a body by length", bytes: post("Content-Length: 12") + json, want: [200], open: true },
  { name: "good: a body in chunks, with a trailer",
    bytes: chunked(`3\r\n{"q\r\n9\r\n":"pain"}\r\n0\r\nX-T: 1\r\n\r\n`), want: [200], open: true },
];

/** Sends bytes on the socket that `dial()` gives: {status, type, closed, answers, head}. `closed` if the peer ended the connection. */
export function send(dial, bytes, patienceMs = 1500) {
  return new Promise((done) => {
    const socket = dial();
    const parts = [];
    let timer = null;
    const finish = (closed) => {
      clearTimeout(timer);
      socket.destroy();
      const text = Buffer.concat(parts).toString("latin1");
      const answers = [...text.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map((found) => Number(found[1]));
      const type = /^content-type: *([^\r;]*)/im.exec(text)?.[1] ?? null;
      done({ status: answers[0] ?? null, answers, type, closed, text });
    };
    const write = () => socket.write(Buffer.from(bytes, "latin1"));
    if (socket.encrypted)
      write(); // its handshake is done
    else
      socket.on("connect", write);
    socket.on("data", (part) => {
      parts.push(part);
      clearTimeout(timer);
      timer = setTimeout(() => finish(false), patienceMs);
    });
    socket.on("end", () => finish(true));
    socket.on("error", () => finish(true));
    timer = setTimeout(() => finish(false), patienceMs);
  });
}
