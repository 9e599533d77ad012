import { ResourceNotFoundException } from '@aws-sdk/client-eks';

/**
 * Whether AWS says that there is no such access entry, not that there is no such cluster: both are ResourceNotFoundException.
 * "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'."
 * (terraform-aws-eks#3024); Terraform matches by the same substring, so the text is a contract by now.
 */
export const isEntryNotFound = (error: unknown): boolean =>
  error instanceof ResourceNotFoundException && error.message.includes('The specified principalArn could not be found');
