import { describe, expect, it } from 'vitest'
import { classifyDatabaseError, DatabaseUnavailableError } from './database.ts'

const withCode = (code: string) => Object.assign(new Error('said by the server'), { code })

describe('a database error is', () => {
  it.each([
    { what: 'a connection that broke', error: withCode('08006') },
    { what: 'a server that shuts down', error: withCode('57P01') },
    { what: 'a server that has become a standby', error: withCode('25006') },
    { what: 'a full disk', error: withCode('53100') },
    { what: 'no connection left', error: withCode('53300') },
    { what: 'a deadlock', error: withCode('40P01') },
    { what: 'a wait for a lock that took too long', error: withCode('55P03') },
    { what: 'a statement that took too long', error: withCode('57014') },
    { what: 'a transaction that was idle for too long', error: withCode('25P03') },
    { what: 'a socket that is not there', error: withCode('ENOENT') },
    { what: 'a refused connection', error: withCode('ECONNREFUSED') },
    { what: 'a socket whose queue of connections is full', error: withCode('EAGAIN') },
    { what: 'a socket that is connected no longer', error: withCode('ENOTCONN') },
    { what: 'a stream that had ended', error: withCode('ERR_STREAM_WRITE_AFTER_END') },
    { what: 'a server that does not greet in time', error: new Error('timeout expired') },
    { what: 'a query under way', error: new Error('Connection terminated unexpectedly') },
    {
      what: 'a rollback on a connection that had ended before',
      error: new Error('Client has encountered a connection error and is not queryable'),
    },
    {
      what: 'a pool that is full for too long',
      error: new Error('timeout exceeded when trying to connect'),
    },
  ])('worth another try: $what', ({ error }) => {
    expect(classifyDatabaseError(error)).toBeInstanceOf(DatabaseUnavailableError)
  })

  it.each(['Permission denied', 'Read-only file system'])(
    'worth another try, and names the folder: %s',
    (why) => {
      const message = `could not open file "global/pg_filenode.map": ${why}`
      const error = Object.assign(new Error(message), { code: '42501' })

      expect(classifyDatabaseError(error)).toMatchObject({
        code: 'database_unavailable',
        kind: 'transient',
        message: expect.stringContaining('make the folder writable'),
      })
    },
  )

  it.each([
    {
      what: 'a missing grant',
      error: Object.assign(new Error('permission denied for table nodes'), { code: '42501' }),
    },
    { what: 'a unique violation', error: withCode('23505') },
    { what: 'a syntax error', error: withCode('42601') },
    { what: 'what is no error', error: 'text' },
  ])('left as it is: $what', ({ error }) => {
    expect(classifyDatabaseError(error)).toBe(error)
  })
})
