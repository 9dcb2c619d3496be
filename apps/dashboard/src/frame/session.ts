import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { client, RequestFailed, type Session } from '../api/client.ts'
import { queries } from '../api/queries.ts'
import { connection, useConnection } from '../connection/connection.ts'

const signedOutStatus = 401
const signOutWithinMs = 5000

export const isSignedOut = (error: unknown): boolean =>
  error instanceof RequestFailed && error.problem.status === signedOutStatus

/** Whether the session ended while the page was open, and how the page continues after somebody signed in again. */
export function useSessionEnd(shown: Session): {
  readonly isOver: boolean
  readonly resume: (session: Session) => void
} {
  const cache = useQueryClient()
  const { status } = useConnection()
  const [isOver, setIsOver] = useState(false)

  const resume = useCallback(
    (session: Session) => {
      // What is shown belongs to another person.
      if (!isSamePerson(session, shown)) return location.reload()
      cache.setQueryData(queries.session().queryKey, session)
      setIsOver(false)
      void cache.invalidateQueries()
    },
    [cache, shown],
  )

  useEffect(
    () =>
      onSignedOut(cache, () => {
        // An answer to a request from before the sign-in says nothing about the new session.
        client.session().then(
          () => undefined,
          (error: unknown) => isSignedOut(error) && setIsOver(true),
        )
      }),
    [cache],
  )
  useEffect(() => {
    if (status === 'signed_out') setIsOver(true)
  }, [status])
  useEffect(() => {
    // Somebody signed in, in another tab.
    if (status === 'live' && isOver) client.session().then(resume, () => undefined)
  }, [status, isOver, resume])

  return { isOver, resume }
}

function isSamePerson(one: Session, other: Session): boolean {
  const nameOf = ({ label, personId, practiceIds, roles }: Session) =>
    JSON.stringify([label, personId, practiceIds.toSorted(), roles.toSorted()])
  return nameOf(one) === nameOf(other)
}

/** Calls `notice` when any request is answered that nobody is signed in. */
function onSignedOut(cache: QueryClient, notice: () => void): () => void {
  const stopQueries = cache.getQueryCache().subscribe((event) => {
    if (
      event.type === 'updated' &&
      event.action.type === 'error' &&
      isSignedOut(event.action.error)
    )
      notice()
  })
  const stopMutations = cache.getMutationCache().subscribe((event) => {
    if (
      event.type === 'updated' &&
      event.action.type === 'error' &&
      isSignedOut(event.action.error)
    )
      notice()
  })
  return () => {
    stopQueries()
    stopMutations()
  }
}

/**
 * Leaves nothing on the screen and nothing in memory, whether the gateway answers or not.
 *
 * @param isAtProvider an identity provider signed the person in, and signs them out too
 */
export function useLeave(isAtProvider: boolean): {
  readonly signOut: () => Promise<void>
  readonly leave: () => void
} {
  const cache = useQueryClient()
  const navigate = useNavigate()
  const leave = useCallback(
    async (isUnfinished: boolean) => {
      await navigate({
        to: '/sign-in',
        search: isUnfinished ? { unfinished: true } : {},
        replace: true,
      })
      // The ways to sign in are public, and the sign-in page may be requesting them now.
      cache.removeQueries({ predicate: ({ queryKey: [name] }) => name !== 'sign-in-ways' })
      cache.getMutationCache().clear()
    },
    [cache, navigate],
  )
  const signOut = useCallback(async () => {
    const isUnfinished = await client.signOut(AbortSignal.timeout(signOutWithinMs)).then(
      () => false,
      (error: unknown) => !isSignedOut(error),
    )
    connection.leave()
    if (isAtProvider && !isUnfinished) return location.assign('/api/session/oidc/end')
    await leave(isUnfinished)
  }, [leave, isAtProvider])
  return { signOut, leave: useCallback(() => void leave(false), [leave]) }
}
