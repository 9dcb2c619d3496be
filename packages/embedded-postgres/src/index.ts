export { type Binaries, locateBinaries } from './binaries.ts'
export type { Clock } from './clock.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'
export {
  DatabaseFolderDamagedError,
  DatabaseFolderInUseError,
  DatabaseStartError,
  DatabaseVersionError,
  EmbeddedPostgresError,
} from './errors.ts'
export { requireAnswer } from './require-answer.ts'
export {
  findServerProcesses,
  hasDatabase,
  openRunningServer,
  type RunningServer,
} from './running-server.ts'
export { chooseServerUser, type ServerUser, type ServerUserKind } from './server-user.ts'
export type { RestartReport } from './supervisor.ts'
