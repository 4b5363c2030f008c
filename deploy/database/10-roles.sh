#!/bin/sh
# Runs once, when the database volume is empty: the owner who migrates, and the web role that owns nothing.
set -eu
owner_password=$(cat /run/secrets/database_owner_password)
web_password=$(cat /run/secrets/database_web_password)
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$owner_password" --set web_password="$web_password" <<'SQL'
CREATE ROLE siji_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE siji_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'web_password';
CREATE DATABASE siji OWNER siji_owner;
REVOKE ALL ON DATABASE siji FROM PUBLIC;
GRANT CONNECT ON DATABASE siji TO siji_web;
\connect siji
ALTER SCHEMA public OWNER TO siji_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO siji_web;
ALTER DEFAULT PRIVILEGES FOR ROLE siji_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO siji_web;
ALTER DEFAULT PRIVILEGES FOR ROLE siji_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO siji_web;
SQL
