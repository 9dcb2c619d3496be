import type { RegistrationView } from '@authscript/prior-auth'
import { Link } from '@tanstack/react-router'
import { watchWords } from '../encounters/watch-words.ts'

/** A patient without an encounter on the screen: the encounters that are known, each to be opened. */
export function PatientEncounters({ watched }: { watched: readonly RegistrationView[] }) {
  if (watched.length === 0)
    return (
      <p role="status" className="rounded-xl border border-line bg-panel p-4">
        AuthScript knows no encounter of this patient. Open AuthScript from an encounter in the EHR,
        and watch that one.
      </p>
    )
  return (
    <ul
      aria-label="Encounters of the patient"
      className="divide-y divide-line rounded-xl border border-line bg-panel"
    >
      {watched.map((one) => (
        <li key={one.encounterId}>
          <Link
            to="/chart"
            search={{
              practiceId: one.practiceId,
              patientId: one.patientId,
              encounterId: one.encounterId,
            }}
            className="block px-4 py-2.5 hover:bg-quiet-soft"
          >
            <span className="block font-medium break-all">{one.encounterId}</span>
            <span className="block text-soft">{watchWords(one).state}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
