import type { RegistrationView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { watchedEncounters, watchEncounter } from '../../api/encounters.ts'
import { RequestFailed } from '../../api/client.ts'
import { useIsConnected } from '../../connection/connection.ts'
import { primaryButton, textInput } from '../../ui/buttons.ts'

/** Asks the gateway to watch an encounter. What is typed stays until the gateway has accepted it. */
export function RegisterForm({ practiceIds }: { practiceIds: readonly string[] }) {
  const cache = useQueryClient()
  const isConnected = useIsConnected()
  const [patientId, setPatientId] = useState('')
  const [encounterId, setEncounterId] = useState('')
  const [practiceId, setPracticeId] = useState(practiceIds[0] ?? '')
  const id = useId()
  const watch = useMutation({
    mutationFn: watchEncounter,
    onSuccess() {
      setEncounterId('')
      void cache.invalidateQueries({ queryKey: watchedEncounters().queryKey })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (watch.isPending) return
    watch.mutate({
      practiceId,
      patientId: patientId.trim(),
      encounterId: encounterId.trim(),
    })
  }
  const input = (name: string, label: string, value: string, onType: (text: string) => void) => (
    <div className="min-w-48 grow basis-0">
      <label htmlFor={`${id}-${name}`} className="block font-medium">
        {label}
      </label>
      <input
        id={`${id}-${name}`}
        required
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          watch.reset()
          onType(event.target.value)
        }}
        className={`${textInput} mt-1`}
      />
    </div>
  )
  return (
    <form
      onSubmit={submit}
      aria-label="Register an encounter"
      className="space-y-3 rounded-xl border border-line bg-panel p-4"
    >
      <p>
        A registered encounter is watched in the EHR, and read as soon as it is signed. Its orders
        then appear in the work queue.
      </p>
      <div className="flex flex-wrap items-end gap-3">
        {practiceIds.length > 1 && (
          <div>
            <label htmlFor={`${id}-practice`} className="block font-medium">
              Practice
            </label>
            <select
              id={`${id}-practice`}
              value={practiceId}
              onChange={(event) => setPracticeId(event.target.value)}
              className={`${textInput} mt-1`}
            >
              {practiceIds.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </div>
        )}
        {input('patient', 'Patient ID in the EHR', patientId, setPatientId)}
        {input('encounter', 'Encounter ID in the EHR', encounterId, setEncounterId)}
        <button
          type="submit"
          disabled={
            watch.isPending || !isConnected || patientId.trim() === '' || encounterId.trim() === ''
          }
          className={primaryButton}
        >
          Watch this encounter
        </button>
      </div>
      {watch.error !== null && (
        <p role="alert" className="rounded-lg bg-bad-soft p-2.5 text-bad">
          {whyNot(watch.error)}
        </p>
      )}
      <p role="status" className="text-good">
        {watch.data === undefined ? '' : takenWords(watch.data)}
      </p>
    </form>
  )
}

function takenWords({ encounterId, lastPolledAt }: RegistrationView): string {
  return lastPolledAt === null
    ? `Encounter ${encounterId} is watched from now on.`
    : `Encounter ${encounterId} is already being watched.`
}

function whyNot(error: Error): string {
  if (!(error instanceof RequestFailed)) return 'It could not be registered; try again.'
  const { code, issues, detail, title, status } = error.problem
  if (status === 0) return 'The gateway cannot be reached. What you typed is kept here.'
  if (code === 'request_invalid')
    return (issues ?? [])
      .map(({ path, message }) => `${fieldNames[path] ?? path} ${message}.`)
      .join(' ')
  if (code === 'registration_conflict')
    return 'This encounter is registered for another patient. Check the patient ID.'
  const text = detail ?? title
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}

const fieldNames: Readonly<Record<string, string>> = {
  patientId: 'The patient ID',
  encounterId: 'The encounter ID',
  practiceId: 'The practice',
}
