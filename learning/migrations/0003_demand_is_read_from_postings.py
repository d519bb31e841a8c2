from django.db import migrations


class Migration(migrations.Migration):
    """What documents ask for is kept with the postings now, and read from the documents again."""

    dependencies = [
        ("learning", "0002_skills_that_documents_ask_for"),
    ]

    operations = [
        migrations.DeleteModel(name="DocumentRead"),
        migrations.DeleteModel(name="SkillAsked"),
    ]
