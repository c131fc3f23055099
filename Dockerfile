# The server as an image: built with the toolchain that continuous integration runs, shipped without it.

FROM rust:1.95-slim-bookworm AS builder
WORKDIR /source
COPY . .
# The caches outlive a build and are no part of the image; the executable is copied out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --package api \
    && install -D --mode=0755 target/release/healthtech-challenge /out/healthtech-challenge

FROM debian:bookworm-slim
# Certificates, because the vault may be an S3-compatible store behind TLS; the font of the notices.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/htc --create-home --shell /usr/sbin/nologin htc
COPY --from=builder /out/healthtech-challenge /usr/local/bin/healthtech-challenge
COPY LICENSE /usr/share/doc/healthtech-challenge/LICENSE

# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/htc
ENV HTC_DATA_DIR=/var/lib/htc
VOLUME /var/lib/htc
EXPOSE 8080
STOPSIGNAL SIGTERM

# The executable asks its own /readyz: the image needs no curl.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/usr/local/bin/healthtech-challenge", "healthy"]
ENTRYPOINT ["/usr/local/bin/healthtech-challenge"]
CMD ["serve"]
