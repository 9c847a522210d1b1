# syntax=docker/dockerfile:1

FROM rust:1.95-slim-trixie AS build
WORKDIR /src
# Only what is named is sent to the builder. rust-toolchain.toml stays out: the image is the toolchain.
COPY Cargo.toml Cargo.lock ./
COPY migrations migrations
COPY xtask xtask
COPY tests tests
COPY crates crates
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --release --package aterkom \
    && install -D target/release/aterkom /out/aterkom

# The same Debian release as above: the binary is linked against its C library.
FROM debian:13.6-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/aterkom
COPY --from=build /out/aterkom /usr/local/bin/aterkom

# A number, so that a cluster can see that it is not root. Nothing outside the volume is written.
USER 10001:10001
WORKDIR /var/lib/aterkom
VOLUME /var/lib/aterkom
# Inside a container the loopback address, the safe default elsewhere, reaches nobody.
ENV ATERKOM__SERVER__LISTEN=0.0.0.0:8080
EXPOSE 8080
# No HEALTHCHECK: who runs the container knows the address and asks /healthz, as docker-compose.yml does.
ENTRYPOINT ["aterkom"]
CMD ["serve"]
