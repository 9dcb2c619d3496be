/** Where a PostgreSQL listens: a URL, or the parts of a local one. */
export type DatabaseConnection =
  | { readonly connectionString: string }
  | {
      readonly host: string
      readonly port: number
      readonly user: string
      readonly database: string
    }
