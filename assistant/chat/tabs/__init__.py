"""What stands beside the conversation: the corpus' health, evaluation, adding articles."""
