import type { PersonView } from '@authscript/prior-auth'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { peopleQueries, peopleRequests } from '../../api/people.ts'
import { primaryButton, quietButton } from '../../ui/buttons.ts'
import { Failure, Skeleton } from '../../ui/notice.tsx'
import { notify } from '../../ui/notify.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ProblemText } from '../account/problem-text.tsx'
import { AddPersonDialog } from './add-person-dialog.tsx'
import { EndSessions } from './end-sessions.tsx'
import { GrantDialog } from './grant-dialog.tsx'
import { InlineQuestion } from './inline-question.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { ShownOnce } from './shown-once.tsx'

interface Link {
  readonly label: string
  readonly address: string
}

const linkOf = (label: string, token: string): Link => ({
  label,
  address: `${location.origin}/sign-in#token=${token}`,
})

/** Everybody who shares a practice with the administrator. */
export function PeopleList({
  practiceIds,
  ownId,
}: {
  readonly practiceIds: readonly string[]
  readonly ownId: string | null
}) {
  const people = useQuery(peopleQueries.people())
  const heading = useId()
  const [isAdding, setIsAdding] = useState(false)
  const [link, setLink] = useState<Link>()
  return (
    <section aria-labelledby={heading} className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={heading} className="text-base font-semibold">
          People
        </h2>
        <button type="button" onClick={() => setIsAdding(true)} className={primaryButton}>
          Add a person
        </button>
      </div>
      {link !== undefined && (
        <ShownOnce
          title={`Sign-in link of ${link.label}`}
          hint="It is shown only now, and works once, within 24 hours. Give it only to this person: whoever opens it is signed in and chooses the password."
          text={link.address}
          onDone={() => setLink(undefined)}
        />
      )}
      {people.data === undefined ? (
        people.error === null ? (
          <Skeleton rows={4} />
        ) : (
          <Failure error={people.error} onRetry={() => void people.refetch()} />
        )
      ) : people.data.length === 0 ? (
        <p className="rounded-xl border border-dashed border-line p-6 text-soft">
          Nobody signs in by name yet.
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
          {people.data.map((person) => (
            <PersonLine
              key={person.personId}
              person={person}
              practiceIds={practiceIds}
              isOwn={person.personId === ownId}
              onLink={(token) => setLink(linkOf(person.label, token))}
            />
          ))}
        </ul>
      )}
      {isAdding && (
        <AddPersonDialog
          practiceIds={practiceIds}
          onAdded={(person, token) => {
            setIsAdding(false)
            setLink(linkOf(person.label, token))
          }}
          onClose={() => setIsAdding(false)}
        />
      )}
    </section>
  )
}

function PersonLine({
  person,
  practiceIds,
  isOwn,
  onLink,
}: {
  readonly person: PersonView
  readonly practiceIds: readonly string[]
  readonly isOwn: boolean
  readonly onLink: (token: string) => void
}) {
  const cache = useQueryClient()
  const { personId, label, login, isDisabled, isReadOnly, isFromProvider } = person
  const [dialog, setDialog] = useState<'grant' | 'link' | 'rename' | 'sessions'>()
  const onSuccess = () => cache.invalidateQueries({ queryKey: peopleQueries.people().queryKey })
  const disable = useMutation({
    mutationFn: () => peopleRequests.disable(personId),
    onSuccess() {
      void notify(`${label} is disabled and signed out.`, {
        label: 'Undo',
        run: () => enable.mutate(),
      })
      return onSuccess()
    },
  })
  const enable = useMutation({ mutationFn: () => peopleRequests.enable(personId), onSuccess })
  const endSessions = useMutation({
    mutationFn: () => peopleRequests.endSessions(personId),
    onSuccess() {
      setDialog(undefined)
      void notify(`${label} is signed out everywhere.`)
    },
  })
  const removeDevices = useMutation({
    mutationFn: () => peopleRequests.removeDevices(personId),
    onSuccess() {
      setDialog(undefined)
      void notify(`${label} is signed out everywhere and no longer has a passkey.`)
    },
  })
  const makeLink = useMutation({
    mutationFn: () => peopleRequests.makeLink(personId),
    onSuccess({ token }) {
      setDialog(undefined)
      onLink(token)
      return onSuccess()
    },
  })
  const isPending = [disable, enable, endSessions, removeDevices, makeLink].some(
    (one) => one.isPending,
  )
  const act = (name: string) => ({
    type: 'button' as const,
    disabled: isPending,
    'aria-label': `${name}: ${label}`,
    className: quietButton,
  })
  return (
    <li data-person={login} className="space-y-2 p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-64 [overflow-wrap:anywhere]">
          <p className="font-medium" dir="auto">
            {label}
            {isOwn && <span className="font-normal text-soft"> (you)</span>}
            {isDisabled && (
              <span className="ml-2 rounded bg-warn-soft px-1.5 text-sm font-normal text-warn">
                disabled
              </span>
            )}
          </p>
          <p className="text-soft">
            {login} · {person.roles.join(', ') || 'no role'} ·{' '}
            {person.practiceIds.length === 0
              ? 'no practice'
              : `practice ${person.practiceIds.join(', ')}`}
          </p>
          <p className="text-sm text-soft">
            {person.signedInAt === null ? (
              'Never signed in'
            ) : (
              <>
                Signed in <RelativeTime time={person.signedInAt} />
              </>
            )}
            {person.isPasswordTemporary && ' · has to choose a password at the next sign-in'}
            {isFromProvider && ' · roles and practices come from single sign-on'}
            {isReadOnly && ' · has practices that you do not have'}
          </p>
        </div>
        {!isReadOnly && (
          <div className="flex flex-wrap gap-1">
            {!isFromProvider && (
              <button {...act('Roles and practices')} onClick={() => setDialog('grant')}>
                Roles
              </button>
            )}
            <button {...act('Rename')} onClick={() => setDialog('rename')}>
              Rename
            </button>
            {!isFromProvider && !isDisabled && (
              <button {...act('New sign-in link')} onClick={() => setDialog('link')}>
                New sign-in link
              </button>
            )}
            {!isDisabled && (
              <button {...act('Sign out')} onClick={() => setDialog('sessions')}>
                Sign out
              </button>
            )}
            {isDisabled ? (
              <button {...act('Enable')} onClick={() => enable.mutate()}>
                Enable
              </button>
            ) : (
              <button {...act('Disable')} onClick={() => disable.mutate()}>
                Disable
              </button>
            )}
          </div>
        )}
      </div>
      {dialog === 'link' && (
        <InlineQuestion
          text={`A new link ends the password and all sessions of ${label}. Passkeys stay.`}
        >
          <button
            type="button"
            disabled={isPending}
            onClick={() => makeLink.mutate()}
            className={primaryButton}
          >
            Make the link
          </button>
          <button type="button" onClick={() => setDialog(undefined)} className={quietButton}>
            Cancel
          </button>
        </InlineQuestion>
      )}
      {dialog === 'sessions' && (
        <EndSessions
          person={person}
          isPending={isPending}
          onSignOut={() => endSessions.mutate()}
          onRemoveDevices={() => removeDevices.mutate()}
          onClose={() => setDialog(undefined)}
        />
      )}
      <ProblemText
        error={
          disable.error ??
          enable.error ??
          endSessions.error ??
          removeDevices.error ??
          makeLink.error ??
          null
        }
      />
      {dialog === 'rename' && <RenameDialog person={person} onClose={() => setDialog(undefined)} />}
      {dialog === 'grant' && (
        <GrantDialog
          person={person}
          practiceIds={practiceIds}
          onClose={() => setDialog(undefined)}
        />
      )}
    </li>
  )
}
