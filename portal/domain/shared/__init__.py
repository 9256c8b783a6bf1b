"""What every area needs: text, money, dates, identity checks, masks, errors."""
