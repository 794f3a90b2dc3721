#!/bin/sh
# Makes the certificates of this folder anew. They are for tests alone: the keys are public.
set -eu
cd "$(dirname "$0")"
days=36500
openssl ecparam -name prime256v1 -genkey -noout -out ca.key
openssl req -x509 -new -key ca.key -sha256 -days $days -subj "/CN=Test authority" -addext "basicConstraints=critical,CA:TRUE" -out ca.pem
for name in server client; do
  openssl ecparam -name prime256v1 -genkey -noout -out $name.key
  openssl req -new -key $name.key -subj "/CN=$name" -out $name.csr
done
printf 'subjectAltName=DNS:gitlab.test,DNS:localhost,IP:127.0.0.1\n' >server.ext
printf 'extendedKeyUsage=clientAuth\n' >client.ext
for name in server client; do
  openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -days $days -extfile $name.ext -out $name.pem
done
rm -f ca.key ca.srl server.csr client.csr server.ext client.ext
