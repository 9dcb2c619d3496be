/** Shown on the page, on the command line and in the log. */
export const fileRefused =
  'the database cannot use the files of its folder (no permission, or read-only); make the folder writable for the user that PostgreSQL runs as'

/** Whether the file system refused the server. SQLSTATE 42501 alone may also mean a role without a grant. */
export const isFileRefused = (code: string, message: string): boolean =>
  code === '42501' &&
  /: (Permission denied|Operation not permitted|Read-only file system)$/.test(message)
