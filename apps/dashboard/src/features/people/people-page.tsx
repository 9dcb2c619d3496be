import { useQuery } from '@tanstack/react-query'
import { queries } from '../../api/queries.ts'
import { Empty } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { KeyList } from './key-list.tsx'
import { PeopleList } from './people-list.tsx'

/** Who may do what: people, and the keys of programs. */
export function PeoplePage() {
  useTitle('People and keys')
  const session = useQuery(queries.session())
  if (session.data === undefined) return null
  const { roles, practiceIds, personId } = session.data
  if (!roles.includes('administrator'))
    return (
      <Empty title="Only administrators manage people and keys.">
        Ask somebody who has the role administrator.
      </Empty>
    )
  return (
    <div className="space-y-10">
      <h1 className="text-xl font-semibold tracking-tight">People and keys</h1>
      <PeopleList practiceIds={practiceIds} ownId={personId} />
      <KeyList practiceIds={practiceIds} />
    </div>
  )
}
