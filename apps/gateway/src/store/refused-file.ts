/** What page, command line and log say of it. */
export const fileRefused =
  'the database cannot use the files of its folder (no permission, or read-only); make the folder writable for the user that PostgreSQL runs as'

/** The file system refused the server. SQLSTATE 42501 is also that of a role without a grant. */
export const isFileRefused = (code: string, message: string): boolean =>
  code === '42501' &&
  /: (Permission denied|Operation not permitted|Read-only file system)$/.test(message)
