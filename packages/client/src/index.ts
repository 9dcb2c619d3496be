// Generated: each operation and schema of the API.
export type * from './api.ts'
export { type Client, type ClientOptions, createClient, type OperationName } from './client.ts'
export type { EventStreamOptions, StreamItem } from './event-stream.ts'
export {
  ApiError,
  type ClientCode,
  dataOf,
  type ProblemDocument,
  type ProblemOf,
  type Result,
} from './result.ts'
