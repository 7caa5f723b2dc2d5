-- Who may do what in Outcome Tracker's database, for PostgreSQL 13 or newer. Run it as an administrator of the server,
-- in the tracker's database, once its tables are there, and again after every new version of the program:
--
--   psql --dbname "host=db.example dbname=tracker user=postgres sslmode=verify-full" --file postgresql-roles.sql
--
-- tracker_owner    makes the tables and brings them up to date: the login for `targets apply` and for new versions
-- tracker_officer  looks and adds; can change or remove nothing that was saved
-- tracker_viewer   looks
--
-- The last two are groups without a login. Each person gets a login of their own:
--
--   CREATE ROLE jo LOGIN CONNECTION LIMIT 10 IN ROLE tracker_officer;
--   \password jo

\set ON_ERROR_STOP on
BEGIN;

SELECT format('CREATE ROLE %I NOLOGIN', name)
FROM unnest(ARRAY['tracker_officer', 'tracker_viewer']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

-- Only they come in. TEMPORARY: an import of all areas compares beside the tables what it was given.
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO tracker_viewer, tracker_officer;
GRANT TEMPORARY ON DATABASE :"DBNAME" TO tracker_officer;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tracker_viewer, tracker_officer;

-- Neither UPDATE nor DELETE nor TRUNCATE is given to anybody. Which version the tables are of is the owner's to say.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO tracker_viewer, tracker_officer;
GRANT INSERT ON ALL TABLES IN SCHEMA public TO tracker_officer;
REVOKE INSERT ON alembic_version FROM tracker_officer;

-- The same for tables that a new version will add.
ALTER DEFAULT PRIVILEGES FOR ROLE tracker_owner IN SCHEMA public
    GRANT SELECT ON TABLES TO tracker_viewer, tracker_officer;
ALTER DEFAULT PRIVILEGES FOR ROLE tracker_owner IN SCHEMA public
    GRANT INSERT ON TABLES TO tracker_officer;

COMMIT;
