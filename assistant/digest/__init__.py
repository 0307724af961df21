"""Digests of many articles: what belongs to a topic, a cited summary of it, and a dated timeline."""
