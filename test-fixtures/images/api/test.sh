# What the stage has written must have come here as it is.
same() { test "$1" = "$2" || { echo "expected: $2" && echo "but it is: $1" && exit 1; }; }
same "$#" 3
same "$1" first
same "$2" "it's \"me\" \$(id) \`id\`"
same "$3" ''
same "$QUOTED" "it's \"me\""
same "$LINES" "one
\$(two)"
same "${EMPTY-unset}" ''
same "$DOCKER_THING" "the engine's own"
same "$GREETING" "it's \"me\" \$(id) \`id\`"
same "$TOKEN" s3cr3t-token
same "$(cat "$KEY")" "a key with
two lines"
same "$(id -u)" 1000
echo "the token is $TOKEN"
echo 42 >/out/answer.txt
echo first
echo last but one
echo this is no output >&2
echo last
