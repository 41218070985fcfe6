"""What machines find their way in by: VoID, DCAT, schema.org, sitemap, feed, JSON-LD context, links."""
