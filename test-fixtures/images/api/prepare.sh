test ! -e /srv/private
test ! -e /srv/some.key
mkdir -p /out/deep
chmod 777 /out
echo 'echo it runs' >/out/deep/run
chmod 4755 /out/deep/run
ln -s ../answer.txt /out/deep/link
