#!/usr/bin/env bash
# A team would send a message here.
echo "to the team: $1"
