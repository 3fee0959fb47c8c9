#!/bin/sh
# Copyright 2026 The Perfload Authors
# SPDX-License-Identifier: Apache-2.0
# The first lines of perfload-agent.jar: the rest of the file is the archive itself.
if [ -n "$JAVA_HOME" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
if ! command -v "$java" >/dev/null 2>&1; then
  echo "perfload-agent needs Java 17 or newer: no java on the PATH, and JAVA_HOME does not point to one." >&2
  exit 1
fi
MALLOC_ARENA_MAX=1 exec "$java" \
  -Xint -XX:+UseSerialGC -Xms2m -Xmn1m -Xmx12m -Xss256k -XX:ReservedCodeCacheSize=4m \
  -XX:-UsePerfData -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 \
  -XX:AsyncDeflationInterval=60000 -XX:GuaranteedSafepointInterval=60000 \
  $JAVA_OPTS -jar "$0" "$@"
exit 1
