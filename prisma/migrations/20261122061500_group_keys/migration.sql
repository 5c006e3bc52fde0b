-- Keys of groups say by which rule they were made since (g2-...). What waits with a key of the first rule, which let account numbers
-- and mailboxes differ, stands alone; keys of closed approvals are not looked at.
UPDATE approvals SET group_key = NULL WHERE state = 'pending' AND group_key IS NOT NULL AND NOT starts_with(group_key, 'g2-');
