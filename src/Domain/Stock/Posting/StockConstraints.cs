using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Posting;

/// <summary>What the ledger's own guards mean to whoever asked; any other violation is a bug.</summary>
internal static class StockConstraints
{
    public static DomainError? RefusalFor(PostingRequest request, string constraint) => constraint switch
    {
        "stock_posting_once" => new DocumentAlreadyPosted(request.Document.Kind, request.Document.Number ?? string.Empty),
        _ => null,
    };
}
