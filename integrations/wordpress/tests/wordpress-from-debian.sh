#!/bin/sh
# Unpacks the WordPress of a Debian release into a folder without installing it: FOLDER is then a WordPress as from its
# own archive. What Debian's package takes from other packages (underscore, getID3, …) is put back into its places.
# usage: wordpress-from-debian.sh FOLDER [RELEASE]     RELEASE: bookworm, trixie, sid … (default: sid, the newest)
set -eu
folder=$1 release=${2:-sid}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/unpacked" "$work/debs"
mirror=$(sed -nE 's/^(URIs:|deb) (\[.*\] )?([^ ]+\/debian)\/?( .*)?$/\3/p' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -1)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $release main" >"$work/sources.list"
own="-o Dir::Etc::sourcelist=$work/sources.list -o Dir::Etc::sourceparts=/nonexistent -o Dir::State::lists=$work/lists -o Dir::Cache=$work/cache"
# shellcheck disable=SC2086
apt-get $own -qq update
cd "$work/debs"
packages="wordpress libjs-cropper libjs-lodash libjs-underscore libjs-jquery-ui libjs-prototype libphp-phpmailer php-getid3 ca-certificates"
for package in $packages; do
  # shellcheck disable=SC2086
  apt-get $own -qq download "$package" 2>/dev/null || echo "$package is not in $release" >&2
done
for deb in *.deb; do dpkg-deb -x "$deb" "$work/unpacked"; done
site=$(dirname "$(find "$work/unpacked" -name wp-settings.php -print -quit)")
mkdir -p "$folder"
rm -f "$site/.htaccess" "$site/wp-config.php" "$site/wp-includes/certificates/ca-bundle.crt"
cp -rL "$site/." "$folder"
cp /etc/ssl/certs/ca-certificates.crt "$folder/wp-includes/certificates/ca-bundle.crt"
grep '^\$wp_version' "$folder/wp-includes/version.php"
