import type { Migration } from 'kysely/migration'
import { up as initial } from './0001-initial.ts'

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': { up: initial },
}
