/*
| What a plugin's tests share: read a source to its end and hold what it gave against the contract.
*/
export { readAll } from './read_all.ts'
export type { WholeRead } from './read_all.ts'
export { findContractFaults } from './contract_faults.ts'
export type { ContractFault } from './contract_faults.ts'
