import { z } from 'zod'
import type { OrderEntry } from './clinical-bundle.ts'

/** The FHIR types of an order. Ids are unique only within a type. */
export const orderType = z.enum(['ServiceRequest', 'DeviceRequest', 'MedicationRequest'])

export type OrderType = z.infer<typeof orderType>

/** Type and id of an order, with their wire names. */
export interface OrderKey {
  readonly orderType: OrderType
  readonly serviceRequestId: string
}

export function orderKeyOf({ source }: Pick<OrderEntry, 'source'>): OrderKey {
  return {
    orderType: orderType.catch('ServiceRequest').parse(source.resourceType),
    serviceRequestId: source.resourceId,
  }
}

/**
 * Identifies an order within its chart: a ServiceRequest by its id alone, as in the original API, any other by
 * type and id (`DeviceRequest/77`).
 */
export function orderIdOf(order: OrderKey): string {
  return order.orderType === 'ServiceRequest'
    ? order.serviceRequestId
    : `${order.orderType}/${order.serviceRequestId}`
}
