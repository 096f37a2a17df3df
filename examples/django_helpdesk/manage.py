"""The command line of the example: ``python manage.py demo`` does all there is to do."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desk_site.settings")
    execute_from_command_line(sys.argv)
