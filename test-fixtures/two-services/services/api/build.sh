#!/usr/bin/env bash
# build.sh test|package: compiles the service, and tests it or makes a jar of it.
set -euo pipefail
mkdir -p build/classes
javac -d build/classes src/Api.java test/ApiTest.java
case $1 in
  test)
    java -cp build/classes ApiTest build/reports/ApiTest.xml
    ;;
  package)
    jar --create --file build/api.jar --main-class Api -C build/classes Api.class
    echo "VERSION=$(cat VERSION)" > build/outputs.env
    echo "packaged version $(cat VERSION)"
    ;;
esac
