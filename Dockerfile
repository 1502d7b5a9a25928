# docker build -t touchstone .
# docker run -p 8080:8080 touchstone
# A store of your own, to be curated: -v touchstone:/var/lib/touchstone, and a touchstone.db in it is
# served instead of the base that is in the image.

FROM debian:bookworm-slim AS build
WORKDIR /src
COPY tools/install-packages tools/install-packages
# With libpq the store may be a database of PostgreSQL (docs/scaling.md).
RUN tools/install-packages build \
    && apt-get install -y --no-install-recommends libpq-dev \
    && rm -rf /var/lib/apt/lists/*
COPY . .
RUN make -j"$(nproc)" all && make install DESTDIR=/installed PREFIX=/usr

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libcurl4 libevent-2.1-7 \
        libevent-openssl-2.1-7 libevent-pthreads-2.1-7 libgsl27 libjansson4 libpq5 libsodium23 \
        libsqlite3-0 libssl3 libxml2 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-log-init --home-dir /var/lib/touchstone --create-home touchstone
COPY --from=build /installed/usr /usr
USER 10001
# A library that is missing stops the build here.
RUN touchstone verify
WORKDIR /var/lib/touchstone
VOLUME /var/lib/touchstone
ENV TOUCHSTONE_LISTEN=0.0.0.0:8080
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["touchstone"]
CMD ["serve"]
