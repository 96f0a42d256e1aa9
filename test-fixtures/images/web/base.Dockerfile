ARG BASE
FROM $BASE AS wanted
COPY page.html /srv/page.html

FROM wanted
RUN ["/bin/sh", "-c", "echo this stage is not asked for; exit 1"]
