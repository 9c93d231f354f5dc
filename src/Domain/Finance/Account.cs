using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

/// <summary>An account of a legal entity; its role says what is posted to it.</summary>
public sealed class Account
{
    private Account()
    {
    }

    public int Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public AccountRole Role { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }
}
