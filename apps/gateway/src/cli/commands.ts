import type { Command } from './command.ts'

interface CommandEntry {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Only the command that is called is loaded: the help does not wait for the rest. */
  load(): Promise<Command>
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'status',
    summary: 'show the state of the gateway, with causes and remedies',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    name: 'drain',
    summary: 'ask running nodes to take no new work and to finish what they have',
    load: async () => (await import('./commands/drain.ts')).drain,
  },
  {
    name: 'take-up',
    summary: 'let drained nodes take up work again',
    load: async () => (await import('./commands/take-up.ts')).takeUp,
  },
  {
    name: 'backup',
    summary: 'write everything that the gateway stores to a file; it may be running',
    load: async () => (await import('./commands/backup.ts')).backup,
  },
  {
    name: 'restore',
    summary: 'restore a backup into an empty database',
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  {
    name: 'migrate-to',
    summary: "move everything from the gateway's own database to a PostgreSQL server",
    load: async () => (await import('./commands/migrate-to.ts')).migrateTo,
  },
  {
    name: 'credential',
    summary: 'make an API key',
    load: async () => (await import('./commands/credential.ts')).credential,
  },
  {
    name: 'user add',
    summary: 'add a person who signs in by name',
    load: async () => (await import('./commands/user-add.ts')).userAdd,
  },
  {
    name: 'user list',
    summary: 'list the people with their roles and practices',
    load: async () => (await import('./commands/user-list.ts')).userList,
  },
  {
    name: 'user grant',
    summary: "change a person's roles and practices",
    load: async () => (await import('./commands/user-grant.ts')).userGrant,
  },
  {
    name: 'user rename',
    summary: "change a person's display name",
    load: async () => (await import('./commands/user-rename.ts')).userRename,
  },
  {
    name: 'user link',
    summary: 'link a person to a user of an EHR',
    load: async () => (await import('./commands/user-link.ts')).userLink,
  },
  {
    name: 'user set-password',
    summary: 'give a person a new password',
    load: async () => (await import('./commands/user-set-password.ts')).userSetPassword,
  },
  {
    name: 'user disable',
    summary: 'disable a person and end all their sessions',
    load: async () => (await import('./commands/user-disable.ts')).userDisable,
  },
  {
    name: 'user enable',
    summary: 'enable a disabled person again',
    load: async () => (await import('./commands/user-disable.ts')).userEnable,
  },
  {
    name: 'audit verify',
    summary: 'check that no row of the audit trail was changed or removed',
    load: async () => (await import('./commands/audit-verify.ts')).auditVerify,
  },
  {
    name: 'ehr-check',
    summary: 'check everything that the gateway will ask of the configured EHR',
    load: async () => (await import('./commands/ehr-check.ts')).ehrCheck,
  },
  {
    name: 'ehr-key',
    summary: 'make, add or remove a key for signing in to the EHR without a secret',
    load: async () => (await import('./commands/ehr-key.ts')).ehrKey,
  },
]
