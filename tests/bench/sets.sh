#!/usr/bin/env bash
# Makes folders of pages that other programs made, for `audit.mjs`: sets.sh FOLDER
#
# Each set is a package of Debian or of npm: a manual, or a site that somebody gives away. It takes
# apt-get, dpkg-deb, npm and 700 MB; nothing is installed.
set -euo pipefail
into=$(realpath -m "${1:?usage: sets.sh FOLDER}")
mkdir -p "$into/.packages"
cd "$into/.packages"

# A set from a Debian package: debian NAME PACKAGE FOLDER
debian() {
  if [ -d "$into/$1" ]; then return; fi
  ls "$2"_*.deb > /dev/null 2>&1 || apt-get download "$2"
  rm -rf unpacked
  dpkg-deb -x "$2"_*.deb unpacked
  cp -rL "unpacked/$3" "$into/$1" 2> /dev/null || [ -d "$into/$1" ] # links to packages that are not there
  rm -rf unpacked
}

# A set from a package of npm: npm_ NAME PACKAGE FOLDER
npm_() {
  if [ -d "$into/$1" ]; then return; fi
  rm -rf unpacked
  mkdir unpacked
  tar -xzf "$(npm pack --silent "$2")" -C unpacked
  cp -r "unpacked/package/$3" "$into/$1"
  rm -rf unpacked
}

doc=usr/share/doc
debian sphinx-django python-django-doc $doc/python-django-doc/html
debian sphinx-cmake cmake-doc $doc/cmake-data/html
debian docbook-postgresql postgresql-doc-15 $doc/postgresql-doc-15/html
debian publican-handbook debian-handbook $doc/debian-handbook/html/en-US
debian xslt-apache apache2-doc $doc/apache2-doc/manual
debian asciidoc-git git-doc $doc/git-doc
debian mkdocs mkdocs-doc $doc/mkdocs/html
debian mdbook-rust rust-doc $doc/rust-doc/html/book
debian rustdoc rust-doc $doc/rust-doc/html
debian texinfo-octave octave-doc $doc/octave/octave.html
debian doxygen doxygen-doc $doc/doxygen/html
debian doxygen-lmdb lmdb-doc $doc/lmdb-doc/html
debian javadoc libcommons-fileupload-java-doc $doc/libcommons-fileupload-java/api
debian sqlite sqlite3-doc $doc/sqlite3
npm_ gulp-adminlte admin-lte@3.2.0 .
npm_ gentelella gentelella@1.4.0 production
npm_ pug-blog startbootstrap-clean-blog@6.0.9 dist
npm_ pug-agency startbootstrap-agency@7.0.12 dist
npm_ pug-creative startbootstrap-creative@7.0.7 dist
npm_ pug-freelancer startbootstrap-freelancer@7.0.7 dist
npm_ sb-admin startbootstrap-sb-admin-2@4.1.4 .
# Only what is written for the standard library, without its hundred megabytes of sources.
find "$into/rustdoc" -mindepth 1 -maxdepth 1 -type d ! -name alloc ! -name test -exec rm -rf {} + 2> /dev/null || true
du -sh "$into"/*/
