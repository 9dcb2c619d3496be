import type { Session } from '../api/client.ts'

export const seesCharts = ({ roles }: Pick<Session, 'roles'>): boolean =>
  roles.includes('clinician') || roles.includes('staff')

/** Where somebody begins: who sees no charts has nothing to do in the work queue. */
export const startOf = (session: Pick<Session, 'roles'>): '/' | '/operations' =>
  session.roles.includes('operator') && !seesCharts(session) ? '/operations' : '/'
