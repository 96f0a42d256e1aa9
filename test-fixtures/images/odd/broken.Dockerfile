ARG BASE
FROM $BASE
RUN ["/bin/sh", "-c", "echo the build says no; exit 7"]
