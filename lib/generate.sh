#!/bin/sh
# Writes lib/*/generated from the .proto files beside it. Usage: generate.sh [OUTPUT ROOT]; PROTOC names another protoc.
set -eu
lib=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
out=${1:-$lib}
protoc=${PROTOC:-protoc}
plugin=$lib/../node_modules/.bin/protoc-gen-ts_proto
# No enums or namespaces, so that Node's type stripping can run the result. Unused parts are not generated.
options=outputServices=grpc-js,esModuleInterop=true,forceLong=bigint,outputIndex=false,importSuffix=.ts
options=$options,enumsAsLiterals=true,unrecognizedEnum=false,exportCommonSymbols=false,outputJsonMethods=false
options=$options,outputPartialMethods=false,outputTypeRegistry=false,comments=false,annotateFilesWithVersion=false

# generate ROOM PROTO_FOLDER FILE...
# What is there stays until protoc has succeeded.
generate() {
  room=$1 protos=$2
  shift 2
  new=$out/$room/generated.new
  rm -rf "$new"
  mkdir -p "$new"
  (cd "$protos" && "$protoc" -I. --plugin="protoc-gen-ts_proto=$plugin" --ts_proto_opt="$options" \
    --ts_proto_out="$new" "$@") || { rm -rf "$new"; exit 1; }
  rm -rf "$out/$room/generated"
  mv "$new" "$out/$room/generated"
}

generate control "$lib/control" control.proto
# shellcheck disable=SC2046 # file names without blanks
generate containerd "$lib/containerd/protos" $(cd "$lib/containerd/protos" && find . -name '*.proto' | sed 's,^\./,,' | LC_ALL=C sort)
