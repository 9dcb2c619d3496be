import type { Session } from '../api/client.ts'

export const seesCharts = ({ roles }: Pick<Session, 'roles'>): boolean =>
  roles.includes('clinician') || roles.includes('staff')

/** A person's first page: somebody who sees no charts has nothing to do in the work queue. */
export function startOf(session: Pick<Session, 'roles'>): '/' | '/operations' | '/audit' {
  if (seesCharts(session)) return '/'
  if (session.roles.includes('operator')) return '/operations'
  return session.roles.includes('auditor') ? '/audit' : '/'
}
