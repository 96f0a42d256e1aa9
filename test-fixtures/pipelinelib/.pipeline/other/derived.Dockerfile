ARG BASE
FROM ${BASE} AS derived
CMD ["echo", "built upon it"]
