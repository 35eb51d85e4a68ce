#!/bin/sh
seconds=${1:-30}
case $seconds in
*[!0-9]*) echo "Cannot wait \"$seconds\" seconds: it is no whole number" >&2 && exit 2 ;;
esac
sleep "$seconds"
# What PID 1 takes for a request to power off, as that of busybox does.
kill -USR2 1
